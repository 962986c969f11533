import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { auditSearchSchema } from '../features/audit/search.ts'
import { overviewSearchSchema } from '../features/environments/overview/search.ts'
import { failuresSearchSchema } from '../features/failures/search.ts'
import { jobsSearchSchema } from '../features/jobs/search.ts'
import { mirrorSearchSchema } from '../features/mirror/search.ts'
import { queuesSearchSchema } from '../features/queues/search.ts'
import type { commonWords } from '../lib/words/common.en.ts'
import { EnvironmentScreen } from './frame/environment-screen.tsx'
import { Frame } from './frame/frame.tsx'
import { Home } from './frame/home.tsx'
import { NotFound } from './frame/not-found.tsx'
import { ScreenError } from './frame/screen-error.tsx'

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Which page it is, for the window's title. */
    page?: keyof typeof commonWords.page
    /** What it needs instead of Redis, so that it works without. */
    reads?: 'mirror' | 'mirror-status' | 'audit'
  }
}

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: ScreenError,
})

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  staticData: { page: 'queues' },
  component: Home,
})

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  staticData: { page: 'settings' },
  component: lazyRouteComponent(() => import('../features/settings/page.tsx'), 'SettingsPage'),
})

const environments = createRoute({
  getParentRoute: () => root,
  path: '/environments',
  staticData: { page: 'environments' },
  validateSearch: overviewSearchSchema,
  component: lazyRouteComponent(
    () => import('../features/environments/overview/page.tsx'),
    'OverviewPage',
  ),
})

const environment = createRoute({
  getParentRoute: () => root,
  path: '/e/$environment',
  component: EnvironmentScreen,
})

const queues = createRoute({
  getParentRoute: () => environment,
  path: '/queues',
  staticData: { page: 'queues' },
  validateSearch: queuesSearchSchema,
  component: lazyRouteComponent(() => import('../features/queues/page.tsx'), 'QueuesPage'),
})

const jobs = createRoute({
  getParentRoute: () => environment,
  path: '/jobs',
  staticData: { page: 'jobs', reads: 'mirror' },
  validateSearch: jobsSearchSchema,
  component: lazyRouteComponent(() => import('../features/jobs/page.tsx'), 'JobsPage'),
})

const failures = createRoute({
  getParentRoute: () => environment,
  path: '/failures',
  staticData: { page: 'failures', reads: 'mirror' },
  validateSearch: failuresSearchSchema,
  component: lazyRouteComponent(() => import('../features/failures/page.tsx'), 'FailuresPage'),
})

const mirror = createRoute({
  getParentRoute: () => environment,
  path: '/mirror',
  staticData: { page: 'mirror', reads: 'mirror-status' },
  validateSearch: mirrorSearchSchema,
  component: lazyRouteComponent(() => import('../features/mirror/page.tsx'), 'MirrorPage'),
})

const audit = createRoute({
  getParentRoute: () => environment,
  path: '/audit',
  staticData: { page: 'audit', reads: 'audit' },
  validateSearch: auditSearchSchema,
  component: lazyRouteComponent(() => import('../features/audit/page.tsx'), 'AuditPage'),
})

export const routeTree = root.addChildren([
  home,
  settings,
  environments,
  environment.addChildren([queues, jobs, failures, audit, mirror]),
])
