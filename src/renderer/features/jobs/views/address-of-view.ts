import { useEffect } from 'react'
import type { View } from '#shared/contract/views.ts'
import { usualSort } from '../listing.ts'
import { chooseColumns } from '../list/column-choice.ts'
import { knownColumns } from '../list/columns.ts'
import type { JobsSearch } from '../search.ts'

/** Where a view is listed. Its columns become those that are shown. */
export function addressOfView({ id, filter, sort }: View): JobsSearch {
  return {
    view: id,
    ...(filter === '' ? {} : { filter }),
    ...(sort === usualSort ? {} : { sort }),
  }
}

/** Those of a view that chose none are the usual ones. */
export function showColumnsOf(view: View): void {
  shown = view.id
  chooseColumns(knownColumns(view.columns))
}

/** The view whose columns this window showed last: what is changed since stays while it is open. */
let shown: string | null = null

/** Shows the columns of a view that was opened by a link. */
export function useColumnsOfView(opened: string | null, views: readonly View[]): void {
  const view = views.find(({ id }) => id === opened)
  useEffect(() => {
    if (opened === null) shown = null
    else if (view !== undefined && shown !== view.id) showColumnsOf(view)
  }, [opened, view])
}
