import {
  ActionIcon,
  Autocomplete,
  Button,
  Checkbox,
  createTheme,
  Menu,
  Modal,
  SegmentedControl,
  Select,
  TagsInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'

const control = '28px'

/** Compact and neutral; the colours themselves are in tokens.css. */
export const theme = createTheme({
  fontFamily: "Inter, system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace:
    "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', 'DejaVu Sans Mono', Menlo, monospace",
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '14px', xl: '15px' },
  lineHeights: { xs: '1.4', sm: '1.4', md: '1.54', lg: '1.5', xl: '1.5' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 7 },
  colors: {
    dark: [
      '#e6e8eb',
      '#c9ced4',
      '#a0a8b2',
      '#767f8a',
      '#3d434b',
      '#2b2f35',
      '#1f2227',
      '#17191d',
      '#111316',
      '#0c0e10',
    ],
    accent: [
      '#eef2ff',
      '#dfe6ff',
      '#c3cffc',
      '#a5b6f8',
      '#8ba2ff',
      '#6d86f3',
      '#4d68e6',
      '#3653d4',
      '#2b45b8',
      '#21379a',
    ],
    red: [
      '#fff0f0',
      '#fdebeb',
      '#fbc7c7',
      '#f79e9e',
      '#ff8a8a',
      '#ef5f5f',
      '#de3f3f',
      '#c22525',
      '#a51c1c',
      '#871515',
    ],
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      vars: () => ({
        root: {
          '--button-height': control,
          '--button-fz': '13px',
          '--button-padding-x': '12px',
        },
      }),
      styles: { root: { fontWeight: 500 } },
    }),
    Checkbox: Checkbox.extend({
      defaultProps: { size: 'sm' },
      vars: () => ({ root: { '--checkbox-size': '16px' } }),
    }),
    TagsInput: TagsInput.extend({ defaultProps: { size: 'sm' } }),
    Autocomplete: Autocomplete.extend({ defaultProps: { size: 'sm' } }),
    ActionIcon: ActionIcon.extend({ vars: () => ({ root: { '--ai-size': control } }) }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({ defaultProps: { size: 'sm' } }),
    SegmentedControl: SegmentedControl.extend({ defaultProps: { size: 'sm' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { transitionProps: { duration: 0 }, fz: 12, px: 8, py: 4 },
    }),
    Menu: Menu.extend({ defaultProps: { shadow: 'none', transitionProps: { duration: 0 } } }),
    Modal: Modal.extend({
      defaultProps: { transitionProps: { duration: 0 }, overlayProps: { backgroundOpacity: 0.4 } },
    }),
  },
})
