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

export function showColumnsOf(view: View): void {
  if (view.columns.length > 0) chooseColumns(knownColumns(view.columns))
}
