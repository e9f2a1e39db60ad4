export { GET, POST } from '../../api/[...path]/route.ts'
