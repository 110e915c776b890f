// Plain JavaScript, because it runs before anything is built and on whatever Node there is.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  process.stderr.write(
    `This needs Node 24 or later; it is running on ${process.versions.node} at ${process.execPath}.\n` +
      'Run it by npm (npm start, npm test): on Linux the project brings its own Node 24 as an optional dependency.\n' +
      'On macOS and Windows install Node 24 yourself. If you installed with --omit=optional, run npm ci without it.\n',
  )
  process.exit(1)
}
