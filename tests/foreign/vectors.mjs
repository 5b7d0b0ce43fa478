// Reads the golden vectors back (SPEC section 18): what this member believes of a record must be what the specification says.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode, encode, hex } from './canonical.mjs'
import { Reader, frame, recordId, unframed } from './records.mjs'

/** How many adverts and manifests of the vectors it judged good, and how many changed ones it refused. */
export function checkVectors (folder) {
  const read = name => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const now = read('world.json').now_unix_ms
  const counts = { good: 0, refused: 0 }
  const bytesOf = specimen => Buffer.from(specimen.bytes, 'hex')
  const specimen = read('belonging.json').find(specimen => specimen.type === 'Genesis')
  for (const [scheme, name] of [[0, 'records.json'], [1, 'blind.json']]) {
    // The two worlds differ in the scheme alone.
    const reader = new Reader(decode(bytesOf(specimen)).set(2, scheme))
    must(scheme === 1 || hex(reader.network) === specimen.network, 'network id')
    const records = read(name).filter(specimen => specimen.type === 'Record')
    const ofKind = number => records.map(bytesOf).filter(bytes => decode(bytes)[0] === number)
    for (const specimen of records) {
      const framed = frame(decode(bytesOf(specimen)))
      must(framed.length === specimen.frame_bytes && hex(recordId(framed)) === specimen.record_id, specimen.name)
      must(hex(encode(unframed(framed))) === specimen.bytes, `${specimen.name} read back`)
    }
    for (const [number, kind] of [[6, 4], [0, 0]]) {
      for (const bytes of ofKind(number)) {
        const framed = frame(decode(bytes))
        reader.record(kind, framed, now)
        counts.good += 1
        // The last byte of a record is the last of its signature.
        framed[1 + bytes.length] ^= 1
        must(refuses(() => reader.record(kind, framed, now)), 'a changed signature')
        counts.refused += 1
      }
    }
  }
  return counts
}

function refuses (attempt) {
  try { attempt() } catch { return true }
  return false
}

function must (holds, what) {
  if (!holds) throw new Error(`differs from the vectors: ${what}`)
}
