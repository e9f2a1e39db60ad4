export {
  handler as DELETE,
  handler as GET,
  handler as PATCH,
  handler as POST,
  handler as PUT,
} from '../../door.ts'
export const runtime = 'nodejs'
