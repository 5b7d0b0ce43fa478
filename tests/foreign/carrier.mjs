// How bytes travel: SPEC section 21, over js-libp2p.

import { createHash } from 'node:crypto'
import { generateKeyPair } from '@libp2p/crypto/keys'
import { gossipsub } from '@libp2p/gossipsub'
import { identify } from '@libp2p/identify'
import { noise } from '@libp2p/noise'
import { ping } from '@libp2p/ping'
import { tcp } from '@libp2p/tcp'
import { byteStream } from '@libp2p/utils'
import { yamux } from '@libp2p/yamux'
import { multiaddr } from '@multiformats/multiaddr'
import { createLibp2p } from 'libp2p'
import { KINDS } from './records.mjs'

const REQUEST_MAX = 1_000_000

/** A connected member or one that asks to become one. */
export class Carrier {
  /** `answers` holds what to say to a neighbour's hello and parcel; `heard` judges gossip: accept, ignore or reject. */
  static async open (network, answers, heard) {
    const topics = KINDS.map(kind => `/cosolvent/${network}/${kind}/1`)
    const node = await createLibp2p({
      start: false,
      privateKey: await generateKeyPair('Ed25519'),
      transports: [tcp()],
      connectionEncrypters: [noise()],
      streamMuxers: [yamux()],
      services: {
        identify: identify(),
        ping: ping(),
        gossip: gossipsub({
          globalSignaturePolicy: 'StrictNoSign',
          msgIdFn: message => createHash('sha256').update(message.topic + '\0').update(message.data).digest(),
          allowPublishToZeroTopicPeers: true,
          floodPublish: false,
          doPX: false
        })
      }
    })
    const { gossip } = node.services
    gossip.protocols = ['1.1.0', '1.0.0'].map(version => `/cosolvent/${network}/gossip/${version}`)
    topics.forEach((topic, kind) => gossip.topicValidators.set(topic, (_, message) => heard(kind, message.data)))
    const carrier = new Carrier(network, node, topics)
    await node.handle(carrier.protocol('hello'), answering(async (request, peer) => answers.hello(request, peer)))
    await node.handle(carrier.protocol('parcel'), answering(async (request, peer) => answers.parcel(request, peer)))
    await node.start()
    topics.forEach(topic => gossip.subscribe(topic))
    return carrier
  }

  constructor (network, node, topics) {
    Object.assign(this, { network, node, topics })
  }

  protocol (name) {
    return `/cosolvent/${this.network}/${name}/1`
  }

  get peer () {
    return this.node.peerId.toMultihash().bytes
  }

  dial (address) {
    return this.node.dial(multiaddr(address))
  }

  /** One request and one answer. */
  async ask (connection, name, request) {
    const stream = await connection.newStream(this.protocol(name))
    const bytes = byteStream(stream)
    stream.send(measured(request))
    return read(bytes)
  }

  publish (kind, frame) {
    return this.node.services.gossip.publish(this.topics[kind], frame)
  }

  /** Neighbours that have said which gossip they want. */
  listeners (kind) {
    return this.node.services.gossip.getSubscribers(this.topics[kind]).length
  }
}

const answering = answer => async (stream, connection) => {
  const bytes = byteStream(stream)
  stream.send(measured(await answer(await read(bytes), connection.remotePeer)))
  await stream.close()
}

/** A length in 4 bytes and that many bytes. */
function measured (bytes) {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

async function read (stream) {
  const length = Buffer.from((await stream.read({ bytes: 4 })).subarray()).readUInt32BE()
  if (length > REQUEST_MAX) throw new Error(`${length} bytes announced`)
  return length === 0 ? new Uint8Array() : (await stream.read({ bytes: length })).subarray()
}
