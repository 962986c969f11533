export { allCommands, type Command, type CommandGroup } from './registry.ts'
export { useCommands } from './use-commands.ts'
