// The public types of @imrs/cli. Written by `npm run api:update`.

// ---- index.d.ts ----

export { };
