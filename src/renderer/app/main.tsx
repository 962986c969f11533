import './theme/styles.ts'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { connect } from '../lib/client/index.ts'
import { Providers } from './providers.tsx'
import { router } from './router.ts'

// What the first screen needs is asked for while the page is still being built.
connect()
if (router.history.location.pathname === '/') void import('../features/queues/page.tsx')

const root = document.querySelector('#root')
if (root === null) throw new Error('The page has no #root')
createRoot(root).render(
  <StrictMode>
    <Providers>
      <RouterProvider router={router} />
    </Providers>
  </StrictMode>,
)
