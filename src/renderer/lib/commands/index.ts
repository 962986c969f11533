export { allCommands, type Command, type CommandGroup } from './registry.ts'
export { useAllCommands, useCommands } from './use-commands.ts'
