import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { ColumnName } from './columns.ts'

interface JobsLayout {
  /** Columns in order; null for those that fit the list. */
  columns: ColumnName[] | null
  /** Whether the facets are beside the list. */
  facets: boolean
  /** Facets that are folded. */
  folded: string[]
}

/** How the operator arranged the jobs page; remembered by this browser or app. */
export const useJobsLayout = create<JobsLayout>()(
  persist((): JobsLayout => ({ columns: null, facets: true, folded: [] }), {
    name: 'vigie:jobs',
    version: 1,
  }),
)

export function chooseColumns(columns: ColumnName[] | null): void {
  useJobsLayout.setState({ columns: columns?.length === 0 ? null : columns })
}
