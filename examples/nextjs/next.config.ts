import type { NextConfig } from 'next'

const config: NextConfig = {
  // The bundler leaves it to Node, since it brings a native module.
  serverExternalPackages: ['better-sqlite3'],
  // `npm run typecheck` of the repository reads this folder too.
  typescript: { ignoreBuildErrors: true },
  // Reads the packages of this repository from their sources. An app that installed them does not need it.
  webpack: (webpack) => ({
    ...webpack,
    resolve: { ...webpack.resolve, conditionNames: ['@imrs/source', '...'] },
  }),
}

export default config
