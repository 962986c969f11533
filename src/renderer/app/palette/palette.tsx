import { useOverlay } from '../frame/overlays.ts'
import { PaletteDialog } from './palette-dialog.tsx'

/** The command palette, while it is open. */
export function Palette({ environment }: { environment: string | undefined }) {
  const open = useOverlay((overlay) => overlay.open === 'palette')
  return open ? <PaletteDialog environment={environment} /> : null
}
