import { createRootRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { auditSearchSchema } from '../features/audit/search.ts'
import { jobsSearchSchema } from '../features/jobs/search.ts'
import { queuesSearchSchema } from '../features/queues/search.ts'
import { EnvironmentScreen } from './frame/environment-screen.tsx'
import { Frame } from './frame/frame.tsx'
import { Home } from './frame/home.tsx'
import { NotFound } from './frame/not-found.tsx'
import { ScreenError } from './frame/screen-error.tsx'

const root = createRootRoute({
  component: Frame,
  notFoundComponent: NotFound,
  errorComponent: ScreenError,
})

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home })

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../features/settings/page.tsx'), 'SettingsPage'),
})

const environment = createRoute({
  getParentRoute: () => root,
  path: '/e/$environment',
  component: EnvironmentScreen,
})

const queues = createRoute({
  getParentRoute: () => environment,
  path: '/queues',
  validateSearch: queuesSearchSchema,
  component: lazyRouteComponent(() => import('../features/queues/page.tsx'), 'QueuesPage'),
})

const jobs = createRoute({
  getParentRoute: () => environment,
  path: '/jobs',
  validateSearch: jobsSearchSchema,
  component: lazyRouteComponent(() => import('../features/jobs/page.tsx'), 'JobsPage'),
})

const audit = createRoute({
  getParentRoute: () => environment,
  path: '/audit',
  validateSearch: auditSearchSchema,
  component: lazyRouteComponent(() => import('../features/audit/page.tsx'), 'AuditPage'),
})

export const routeTree = root.addChildren([
  home,
  settings,
  environment.addChildren([queues, jobs, audit]),
])
