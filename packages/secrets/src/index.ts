export const entryName = '@imrs/secrets'
