export type { Column, Sort } from './column.ts'
export { VirtualTable } from './virtual-table.tsx'
export { SparseTable, type SparseTableHandle } from './sparse-table.tsx'
