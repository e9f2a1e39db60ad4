import { storeContract } from '../contracts/store-contract.ts'
import { memoryStore } from './memory-store.ts'

storeContract({
  name: 'memory',
  randomOperations: 100_000,
  open: async () => {
    const store = memoryStore()
    return {
      store,
      allExperience: async () => store.allExperience(),
    }
  },
  without: {
    'shared-data': 'the data lives in the store object and is gone with it',
    maintenance: 'nothing outlives the process, so nothing has to be kept up',
  },
})
