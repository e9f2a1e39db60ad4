// The public types of @imrs/store-kysely. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/store-kysely";

export { entryName };
