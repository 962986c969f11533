import { Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useCurrentEnvironment } from '../../lib/current-environment.ts'
import { EnvironmentBar } from '../../features/environments/environment-bar.tsx'
import { EnvironmentCommands } from '../../features/environments/environment-commands.tsx'
import { EnvironmentDialogs } from '../../features/environments/list/environment-dialogs.tsx'
import { UnlockDialog } from '../../features/environments/lock/unlock-dialog.tsx'
import { EnvironmentNotices } from '../../features/environments/notices/environment-notices.tsx'
import { MirrorStatus } from '../../features/mirror/mirror-status.tsx'
import { RefusalDialog } from '../../features/environments/refusal/refusal-dialog.tsx'
import { ViewCommands } from '../../features/jobs/views/view-commands.tsx'
import { FollowEnvironments } from '../../lib/environments.ts'
import { useKeepPlaces } from '../../lib/places.ts'
import { Help } from '../shortcuts/help.tsx'
import { Keyboard } from '../shortcuts/keyboard.tsx'
import { Palette } from '../palette/palette.tsx'
import { AppCommands } from './app-commands.tsx'
import { ConnectionNotice } from './connection-notice.tsx'
import classes from './frame.module.css'
import { Navigation } from './navigation.tsx'
import { openPalette } from './overlays.ts'
import { useTitle } from './use-title.ts'

/** The window: environment bar, navigation, the page, and what must be known wherever one is. */
export function Frame() {
  const { t } = useTranslation('frame')
  const environment = useCurrentEnvironment()
  useTitle(environment)
  useKeepPlaces()
  return (
    <div className={classes.root}>
      <a
        className={classes.skip}
        href="#content"
        onClick={(event) => {
          event.preventDefault()
          document.querySelector<HTMLElement>('#content')?.focus()
        }}
      >
        {t('skip')}
      </a>
      <EnvironmentBar
        environment={environment}
        mirror={environment === undefined ? null : <MirrorStatus environment={environment} />}
        onSearch={openPalette}
      />
      <ConnectionNotice />
      <div className={classes.middle}>
        <Navigation environment={environment} />
        <main id="content" className={classes.content} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <FollowEnvironments />
      <AppCommands environment={environment} />
      <EnvironmentCommands environment={environment} />
      <ViewCommands environment={environment} />
      <EnvironmentNotices front={environment} />
      <UnlockDialog />
      <EnvironmentDialogs environment={environment} />
      <RefusalDialog />
      <Keyboard />
      <Help />
      <Palette environment={environment} />
    </div>
  )
}
