export type { Column, Sort } from './column.ts'
export { VirtualTable, type VirtualTableProps } from './virtual-table.tsx'
