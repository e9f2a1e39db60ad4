export { handler as GET, handler as POST } from '../../door.ts'
export const runtime = 'nodejs'
