// A real Bluesky server (PDS) with its directory of accounts (PLC) on the loopback interface, in memory and temporary
// files, until it is ended. Usage: node server.js PORT
'use strict'

const http = require('node:http')
const net = require('node:net')

// These servers would answer whoever is in the same network.
const listen = net.Server.prototype.listen
net.Server.prototype.listen = function (port, ...others) {
  const onNumber = typeof port === 'number' && typeof others[0] !== 'string'
  return onNumber ? listen.call(this, port, '127.0.0.1', ...others) : listen.call(this, port, ...others)
}

const { TestNetworkNoAppView } = require('@atproto/dev-env')

const FOLLOWERS = 42

// In place of the service that counts followers, which needs a database server: the PDS passes the question on to it.
const appView = http.createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://127.0.0.1')
  const did = searchParams.get('actor') || ''
  const known = pathname === '/xrpc/app.bsky.actor.getProfile' && did.startsWith('did:plc:')
  response.writeHead(known ? 200 : 501, { 'content-type': 'application/json' })
  const profile = { did, handle: 'dana.test', followersCount: FOLLOWERS, displayName: 'Dana' }
  response.end(JSON.stringify(known ? profile : { error: 'MethodNotImplemented', message: 'Only in tests' }))
})

appView.listen(0, async () => {
  const bskyAppViewUrl = `http://127.0.0.1:${appView.address().port}`
  await TestNetworkNoAppView.create({ pds: { port: Number(process.argv[2]), bskyAppViewUrl } })
})
