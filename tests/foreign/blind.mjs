// Passes that their sponsor cannot see: RFC 9474, RSABSSA-SHA384-PSS-Deterministic (SPEC PAS-5).

import { constants, createHash, createPublicKey, randomBytes, verify } from 'node:crypto'
import { encode } from './canonical.mjs'

const EXPONENT = 65_537n
const SALT_BYTES = 48
const message = granted => Buffer.concat([Buffer.from('cosolvent/blind-pass/1\0'), encode(granted)])

/** Whether this is the signature of a grant. */
export function isSigned (modulus, granted, signature) {
  const key = createPublicKey({ key: { kty: 'RSA', n: Buffer.from(modulus).toString('base64url'), e: 'AQAB' }, format: 'jwk' })
  return verify('sha384', message(granted), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: SALT_BYTES }, signature)
}

/** A grant under a blinding, and how to uncover what the sponsor makes of it. */
export function blind (modulus, granted) {
  const n = number(modulus)
  const factor = number(randomBytes(modulus.length + 8)) % n
  const blinded = bytes(number(padded(message(granted))) * power(factor, EXPONENT, n) % n)
  return { blinded, uncover: answer => bytes(number(answer) * inverse(factor, n) % n) }
}

/** EMSA-PSS (RFC 8017, 9.1.1) for a modulus of 2,048 bits, with MGF1 and SHA-384. */
function padded (message) {
  const sha384 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha384')).digest()
  const salt = randomBytes(SALT_BYTES)
  const hash = sha384(Buffer.alloc(8), sha384(message), salt)
  const block = Buffer.alloc(256 - hash.length - 1)
  block.set(salt, block.length - salt.length)
  block[block.length - salt.length - 1] = 1
  for (let at = 0; at < block.length; at += hash.length) {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(at / hash.length)
    sha384(hash, counter).subarray(0, block.length - at).forEach((byte, offset) => { block[at + offset] ^= byte })
  }
  block[0] &= 0x7f
  return Buffer.concat([block, hash, Buffer.of(0xbc)])
}

const number = bytes => BigInt('0x' + Buffer.from(bytes).toString('hex'))
const bytes = number => new Uint8Array(Buffer.from(number.toString(16).padStart(512, '0'), 'hex'))

function power (base, exponent, n) {
  let result = 1n
  for (let bits = exponent; bits > 0n; bits >>= 1n) {
    if (bits & 1n) result = result * base % n
    base = base * base % n
  }
  return result
}

function inverse (value, n) {
  let [left, right, of, next] = [value, n, 1n, 0n]
  while (right > 0n) {
    const times = left / right;
    [left, right] = [right, left - times * right];
    [of, next] = [next, of - times * next]
  }
  return ((of % n) + n) % n
}
