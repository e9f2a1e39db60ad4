// The public types of @imrs/store-sqlite. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/store-sqlite";

export { entryName };
