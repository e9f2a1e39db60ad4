// Plain JavaScript: an old Node has to be able to read it.
const major = Number(process.versions.node.split('.')[0])
if (major < 22) {
  process.stderr.write(
    `This needs Node 22 or newer, but runs under ${process.versions.node} (${process.execPath}). ` +
      'Run `npm test` or `npm run demo` once: they install the Node that the repository uses.\n',
  )
  process.exit(1)
}
