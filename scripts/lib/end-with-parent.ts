/**
 * Loaded before a program by `node --import`: asks the program to end when the process that started it
 * has gone, however it went.
 */
process.once('disconnect', () => process.kill(process.pid, 'SIGTERM'))
process.channel?.unref()
