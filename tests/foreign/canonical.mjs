// Canonical form, labels and signatures: SPEC section 1 (ENC-1, ENC-2, ENC-4, SIG-1).

import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto'
import { ed25519 } from '@noble/curves/ed25519.js'
import { decode as read, encode as write } from 'cborg'

const STRICT = { useMaps: true, strict: true, rejectDuplicateMapKeys: true, allowIndefinite: false, allowUndefined: false, allowNaN: false, allowInfinity: false }

/** A structure of SPEC: fields by number; what is left out is left out. */
export const fields = (...values) => new Map(values.map((value, number) => [number, value]).filter(([, value]) => value !== undefined))

export const encode = value => write(value, { float64: true })

/** Decodes, encodes again, and refuses bytes that differ (ENC-2). */
export function decode (bytes) {
  const value = read(bytes, STRICT)
  if (!same(encode(value), bytes)) throw new Error('not in canonical form')
  return value
}

export const same = (left, right) => Buffer.compare(left, right) === 0
export const hex = bytes => Buffer.from(bytes).toString('hex')
export const hash = (label, bytes) => createHash('sha256').update(label).update('\0').update(bytes).digest()
const labelled = (label, value) => Buffer.concat([Buffer.from(label + '\0'), encode(value)])

/** An Ed25519 key of one's own. */
export class Key {
  constructor (seed = randomBytes(32)) {
    this.public = ed25519.getPublicKey(seed)
    const [d, x] = [seed, this.public].map(part => Buffer.from(part).toString('base64url'))
    this.secret = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' })
  }

  /** signed<T> */
  sign (label, value) {
    return fields(value, this.signature(label, value))
  }

  signature (label, value) {
    return new Uint8Array(sign(null, labelled(label, value), this.secret))
  }
}

/** Whether a signature is good by the one verdict rule (SIG-1). OpenSSL compares [S]B − [k]A with R as bytes. */
export function holds (label, value, signature, key) {
  try {
    if ([key, signature.subarray(0, 32)].some(point => ed25519.Point.fromBytes(point, true).isSmallOrder())) return false
    const x = Buffer.from(key).toString('base64url')
    const opened = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    return verify(null, labelled(label, value), opened, signature)
  } catch {
    return false
  }
}

/** What a signed<T> says, if the key signed it. */
export function opened (label, signed, key) {
  const [value, signature] = [signed.get(0), signed.get(1)]
  if (!holds(label, value, signature, key)) throw new Error(`not signed under ${label}`)
  return value
}
