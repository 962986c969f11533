import { useMediaQuery } from '@mantine/hooks'

/** Whether the window is too narrow for the navigation's words. */
export function useNarrow(): boolean {
  return useMediaQuery('(max-width: 1099px)', window.innerWidth < 1100) ?? false
}
