// The public types of @imrs/store-postgres. Written by `npm run api:update`.

// ---- index.d.ts ----

declare const entryName = "@imrs/store-postgres";

export { entryName };
