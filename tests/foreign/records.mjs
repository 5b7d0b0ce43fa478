// Frames, adverts, passes and manifests: SPEC sections 5, 7 and 10.

import { isSigned } from './blind.mjs'
import { decode, encode, fields, hash, hex, holds, opened, same } from './canonical.mjs'

const SIZES = [1000, 2000, 3400]
const DAY_MS = 86_400_000
const SKEW_MS = 600_000
const GRACE_MS = 2 * DAY_MS

/** Topics by their number in a frame's kind. */
export const KINDS = ['adverts', 'envelopes', 'log', 'relays', 'keys']
const KIND_OF_RECORD = [0, 0, 1, 2, 2, 3, 4, 4]
export const PURPOSE = { advert: 0, contact: 1, log: 2, peer: 4 }

export const week = ms => Math.floor((Math.floor(ms / DAY_MS) + 3) / 7)
export const day = ms => Math.floor(ms / DAY_MS)
const monday = number => Math.max(0, number * 7 - 3) * DAY_MS

/** A record as it travels (FRM-1). */
export function frame (record) {
  const body = encode(record)
  const size = SIZES.find(size => size >= body.length + 2)
  const bytes = Buffer.alloc(size)
  bytes.writeUInt16BE(body.length)
  bytes.set(body, 2)
  return bytes
}

export const recordId = bytes => hash('cosolvent/record/1', bytes)

/** The record in a frame. */
export function unframed (bytes) {
  const length = Buffer.from(bytes).readUInt16BE()
  const body = bytes.subarray(2, 2 + length)
  const size = SIZES.find(size => size >= length + 2)
  if (bytes.length !== size || body.length !== length || bytes.subarray(2 + length).some(byte => byte !== 0)) {
    throw new Error('not a frame')
  }
  return decode(body)
}

export const grant = (network, sponsor, epoch, purpose, holder) => fields(network, sponsor, epoch, 0, purpose, holder)

/** What a reader has to know to judge a record, and its judgement (CHK-1). */
export class Reader {
  constructor (genesis) {
    this.network = hash('cosolvent/genesis/1', encode(genesis))
    this.scheme = genesis.get(2)
    this.founders = genesis.get(3).map(founder => founder.get(0))
    this.manifests = new Map()
  }

  /** What a frame says; throws why it is refused or cannot be judged. */
  record (kind, bytes, now) {
    const [number, [inner]] = unframed(bytes)
    if (KIND_OF_RECORD[number] !== kind) throw new Error('does not belong on this topic')
    if (number === 0) return { advert: this.advert(inner, now) }
    if (number === 6) return { manifest: this.manifest(inner) }
    return { other: number }
  }

  advert (signed, now) {
    const body = signed.get(0)
    const [network, published, last, facts, pass] = [0, 2, 3, 4, 5].map(field => body.get(field))
    this.inNetwork(network)
    const said = published * DAY_MS
    if (said > now + SKEW_MS) throw new Error('published in the future')
    if (last < week(said) || last > week(said) + 8) throw new Error('lives too short or too long')
    if (monday(last + 1) <= now) throw new Error('expired')
    this.pass(pass, PURPOSE.advert, said)
    opened('cosolvent/advert/1', signed, pass.get(2))
    return { pseudonym: hex(pass.get(2)), side: facts.get(0), class: facts.get(1), process: facts.get(2), materials: facts.get(3) }
  }

  pass (pass, purpose, at) {
    const [sponsor, epoch, holder, signature] = [0, 1, 2, 3].map(field => pass.get(field))
    if (!this.founders.some(founder => same(founder, sponsor))) throw new Error('a pass of no founder')
    const [begins, ends] = [monday(epoch), monday(epoch + 1)]
    if (at < begins - SKEW_MS || at > ends + GRACE_MS + SKEW_MS) throw new Error('a pass of another week')
    const granted = grant(this.network, sponsor, epoch, purpose, holder)
    if (this.scheme === 0) {
      if (!holds('cosolvent/pass/1', granted, signature, sponsor)) throw new Error('the pass is not the sponsor\'s')
      return
    }
    const modulus = this.issuingKey(sponsor, epoch, purpose)
    if (!modulus) throw new Error('no manifest for this pass yet')
    if (!isSigned(modulus, granted, signature)) throw new Error('the pass is not the sponsor\'s')
  }

  issuingKey (sponsor, epoch, purpose) {
    return this.manifests.get(`${hex(sponsor)} ${epoch}`)?.get(4).find(([of]) => of === purpose)?.[1]
  }

  manifest (signed) {
    const body = signed.get(0)
    const [network, sponsor, epoch] = [0, 1, 2].map(field => body.get(field))
    this.inNetwork(network)
    if (!this.founders.some(founder => same(founder, sponsor))) throw new Error('a manifest of no founder')
    opened('cosolvent/manifest/1', signed, sponsor)
    this.manifests.set(`${hex(sponsor)} ${epoch}`, body)
    return { sponsor: hex(sponsor), epoch }
  }

  inNetwork (network) {
    if (!same(network, this.network)) throw new Error('of another network')
  }
}
