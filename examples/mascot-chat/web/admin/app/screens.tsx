import type { ReactElement } from 'react'

import { AgentList } from '../agents/agent-list.tsx'
import { AgentModels } from '../agents/agent-models.tsx'
import { Changes } from '../changes/changes.tsx'
import { Health } from '../health/health.tsx'
import { ModelDetail } from '../models/model-detail.tsx'
import { ModelList } from '../models/model-list.tsx'
import { NewModelForm } from '../models/new-model.tsx'
import { Performance } from '../performance/performance.tsx'
import { Savings } from '../performance/savings.tsx'
import { WhatIf } from '../performance/what-if.tsx'
import { NewProviderForm } from '../providers/new-provider.tsx'
import { ProviderDetail } from '../providers/provider-detail.tsx'
import { ProviderList } from '../providers/provider-list.tsx'
import type { SignedIn } from '../session/session-context.tsx'
import { linkTo } from './route.ts'
import type { Route } from './route.ts'

/** One entry of the navigation, with the screens behind it. */
export interface Screen {
  /** The first part of its path. */
  readonly id: string
  readonly name: string
  /** Whether only platform admins may use it. */
  readonly isForPlatform: boolean
  readonly render: (route: Route) => ReactElement
}

const SCREENS: readonly Screen[] = [
  { id: 'providers', name: 'Providers', isForPlatform: true, render: renderProviders },
  { id: 'models', name: 'Models', isForPlatform: false, render: renderModels },
  {
    id: 'agents',
    name: 'Agents',
    isForPlatform: false,
    render: ({ path: [, agentId] }) =>
      agentId === undefined ? <AgentList /> : <AgentModels key={agentId} agentId={agentId} />,
  },
  {
    id: 'health',
    name: 'Health',
    isForPlatform: true,
    render: (route) => <Health route={route} />,
  },
  {
    id: 'performance',
    name: 'Performance',
    isForPlatform: false,
    render: (route) => <Performance route={route} />,
  },
  {
    id: 'savings',
    name: 'Savings',
    isForPlatform: false,
    render: (route) => <Savings route={route} />,
  },
  { id: 'what-if', name: 'What if', isForPlatform: false, render: () => <WhatIf /> },
  {
    id: 'changes',
    name: 'Changes',
    isForPlatform: false,
    render: (route) => <Changes route={route} />,
  },
]

/** Those that the API does not refuse them. */
export function screensFor({ role, agentIds }: Seeing): readonly Screen[] {
  return SCREENS.filter(
    ({ id, isForPlatform }) =>
      (!isForPlatform || role === 'platform_admin') && (id !== 'what-if' || agentIds === undefined),
  )
}

type Seeing = Pick<SignedIn, 'role' | 'agentIds'>

/** The screen of a route; the first one for no path, an explanation for a wrong one. */
export function screenOf({ path: [id] }: Route, session: Seeing): Screen {
  const screens = screensFor(session)
  const [first] = screens
  const found = id === undefined ? first : screens.find((screen) => screen.id === id)
  return found ?? { id: '', name: 'Nothing here', isForPlatform: false, render: () => <Nothing /> }
}

function renderProviders({ path: [, id] }: Route): ReactElement {
  if (id === undefined) return <ProviderList />
  return id === 'new' ? <NewProviderForm /> : <ProviderDetail key={id} providerId={id} />
}

function renderModels(route: Route): ReactElement {
  const [, id] = route.path
  if (id === undefined) return <ModelList route={route} />
  return id === 'new' ? <NewModelForm route={route} /> : <ModelDetail key={id} modelId={id} />
}

function Nothing(): ReactElement {
  return (
    <>
      <h1>Nothing here</h1>
      <p>
        There is no such screen, or it is not yours.{' '}
        <a href={linkTo(['models'])}>Go to the models</a>
      </p>
    </>
  )
}
