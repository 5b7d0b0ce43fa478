// A member of a Cosolvent network that shares no code with the nodes. It is written from protocol/SPEC.md and the golden
// vectors alone, and shows that another implementation can be.
//
//   node member.mjs VECTORS INVITATION NAME
//
// First it reads the vectors back; then it joins by the invitation and says what it hears: a JSON object per line. Lines on
// its standard input are commands: `publish` says a need with a pass of its sponsor, `shout` one whose pass it made itself.

import { createInterface } from 'node:readline'
import { randomBytes } from 'node:crypto'
import './promises.mjs'
import { Carrier } from './carrier.mjs'
import { blind } from './blind.mjs'
import { Key, decode, encode, fields, hash, hex, opened, same } from './canonical.mjs'
import { PURPOSE, Reader, day, frame, grant, recordId, week } from './records.mjs'
import { checkVectors } from './vectors.mjs'

const KEYS = 4
const tell = what => console.log(JSON.stringify(what))

function invitationOf (text) {
  const letters = text.replace(/\s/g, '').toLowerCase().replace('cosolvent-invitation-1-', '')
  const bits = [...letters].map(letter => 'abcdefghijklmnopqrstuvwxyz234567'.indexOf(letter).toString(2).padStart(5, '0')).join('')
  const bytes = Uint8Array.from(bits.match(/.{8}/g), byte => parseInt(byte, 2))
  const signed = decode(bytes)
  const sponsor = signed.get(0).get(1)
  const [network, , peer, addresses, lapse, token] = [0, 1, 2, 3, 4, 5].map(field => opened('cosolvent/invitation/1', signed, sponsor).get(field))
  if (lapse <= Date.now()) throw new Error('the invitation lapsed')
  return { network, sponsor, peer, addresses, token }
}

/** A firm of its own: root and operating key, and what they commit to (IDN-1, IDN-12). */
function found () {
  const [root, next, operating] = [new Key(), new Key(), new Key()]
  const commitment = hash('cosolvent/next-root/1', encode(next.public))
  const position = hash('cosolvent/log-commitment/1', Buffer.concat([randomBytes(32), encode(new Key().public)]))
  const today = day(Date.now())
  return root.sign('cosolvent/inception/1', fields(root.public, operating.public, commitment, position, today, today + 360))
}

class Member {
  constructor (vectors, invitation, name) {
    tell({ vectors: checkVectors(vectors) })
    this.invitation = invitationOf(invitation)
    this.name = name
    this.neighbours = new Map()
  }

  async join () {
    const network = hex(this.invitation.network)
    const answers = { hello: (request, peer) => this.greeted(request, peer), parcel: (request, peer) => this.given(request, peer) }
    this.carrier = await Carrier.open(network, answers, (kind, bytes) => this.judge(kind, bytes))
    const tcp = this.invitation.addresses.find(address => address.includes('/tcp/'))
    this.sponsor = await this.carrier.dial(tcp)
    const request = fields(this.invitation.token, this.name, found(), [2])
    const [refused, [welcome]] = decode(await this.carrier.ask(this.sponsor, 'admission', encode(request)))
    if (refused) throw new Error(`not admitted: ${welcome}`)
    this.welcomed(welcome)
    await this.greet(this.sponsor)
    for (const address of welcome.get(4).filter(address => address.includes('/tcp/'))) {
      await this.greet(await this.carrier.dial(address))
    }
    // Without the keys nothing that members say can be judged.
    if (this.reader.scheme === 1) await this.issuingKey(week(Date.now()))
    tell({ joined: hex(this.reader.network), neighbours: this.neighbours.size })
  }

  /** ADM-2 */
  welcomed (welcome) {
    const [genesis, charter, admission, membership] = [0, 1, 2, 3].map(field => welcome.get(field))
    this.reader = new Reader(genesis)
    if (!same(this.reader.network, this.invitation.network)) throw new Error('a welcome to another network')
    opened('cosolvent/charter/1', charter, this.invitation.sponsor)
    const member = opened('cosolvent/membership/1', membership, this.invitation.sponsor)
    if (member.get(3) !== this.name) throw new Error('a membership of another name')
    const admitted = opened('cosolvent/admission/1', admission, this.invitation.sponsor)
    if (!same(admitted.get(2), this.carrier.peer)) throw new Error('an admission of another node')
    this.admission = admission
  }

  /** Shows its own admission; the neighbour shows its own by a hello of its own. */
  async greet (connection) {
    const answer = await this.carrier.ask(connection, 'hello', Buffer.concat([Uint8Array.of(1), encode(this.admission)]))
    if (answer[0] !== 1) throw new Error(`not welcome: ${Buffer.from(answer.subarray(1))}`)
    this.neighbours.set(connection.remotePeer.toString(), connection)
  }

  /** ADM-1; whoever is no member yet knows the sponsor that invited it. */
  greeted (request, peer) {
    const { network, founders } = this.reader ?? { network: this.invitation.network, founders: [this.invitation.sponsor] }
    try {
      const signed = decode(request.subarray(1))
      const founder = founders.find(founder => same(founder, signed.get(0).get(1)))
      const admission = opened('cosolvent/admission/1', signed, founder)
      if (!same(admission.get(0), network)) throw new Error('an admission to another network')
      if (!same(admission.get(2), peer.toMultihash().bytes)) throw new Error('an admission of another node')
      if (admission.get(3) <= Date.now()) throw new Error('the admission has lapsed')
      return Uint8Array.of(1)
    } catch (error) {
      return Buffer.concat([Uint8Array.of(0), Buffer.from(error.message)])
    }
  }

  /** Parcels. This member keeps no shelf: passes concern it, and the keys that they were signed with. */
  given (request) {
    const [number, said] = decode(request)
    if (number === 3 && said[0] === KEYS) said[1].forEach(frame => this.judge(KEYS, frame))
    if (number === 5) this.answered.resolve(said[1][0].get(3))
    if (number === 10) this.answered.resolve(said[2][0][1])
    if (number === 14) {
      const ids = said[0].filter(([[kind], , [form]]) => kind === KEYS && form === 1).flatMap(([, , [, [ids]]]) => ids)
      if (ids.length > 0) this.carrier.ask(this.sponsor, 'parcel', encode([16, [KEYS, ids]]))
    }
    return Uint8Array.of(1)
  }

  judge (kind, bytes) {
    try {
      const said = this.reader.record(kind, bytes, Date.now())
      tell({ heard: { record: hex(recordId(bytes)), ...said } })
      return 'accept'
    } catch (error) {
      tell({ refused: error.message })
      return 'ignore'
    }
  }

  async publish () {
    const [holder, epoch] = [new Key(), week(Date.now())]
    const pass = fields(this.invitation.sponsor, epoch, holder.public, await this.signature(holder.public, epoch))
    this.reader.pass(pass, PURPOSE.advert, Date.now())
    await this.say(holder, pass)
  }

  /** The sponsor's for a key: in the clear (scheme 0) or of what it cannot see (scheme 1). */
  async signature (holder, epoch) {
    this.answered = Promise.withResolvers()
    if (this.reader.scheme === 0) {
      await this.carrier.ask(this.sponsor, 'parcel', encode([4, [epoch, PURPOSE.advert, [holder]]]))
      return this.answered.promise
    }
    const granted = grant(this.reader.network, this.invitation.sponsor, epoch, PURPOSE.advert, holder)
    const { blinded, uncover } = blind(await this.issuingKey(epoch), granted)
    await this.carrier.ask(this.sponsor, 'parcel', encode([9, [epoch, PURPOSE.advert, [blinded]]]))
    return uncover(await this.answered.promise)
  }

  /** Who holds nothing is told everything; the keys come first (SYN-7). */
  async issuingKey (epoch) {
    const key = () => this.reader.issuingKey(this.invitation.sponsor, epoch, PURPOSE.advert)
    if (!key()) await this.carrier.ask(this.sponsor, 'parcel', encode([13, [[]]]))
    while (!key()) await new Promise(resolve => setTimeout(resolve, 20))
    return key()
  }

  async shout () {
    const [holder, nobody] = [new Key(), new Key()]
    const epoch = week(Date.now())
    const granted = grant(this.reader.network, this.invitation.sponsor, epoch, PURPOSE.advert, holder.public)
    const signature = this.reader.scheme === 0 ? nobody.signature('cosolvent/pass/1', granted) : randomBytes(256)
    await this.say(holder, fields(this.invitation.sponsor, epoch, holder.public, signature))
  }

  /** A need for two weeks of five-axis milling in titanium. */
  async say (holder, pass) {
    const now = Date.now()
    const facts = fields(1, 2, 1, [1], undefined, undefined, [], undefined, fields(week(now), week(now) + 1), 4, undefined, undefined, [1])
    const body = fields(this.reader.network, new Key().public, day(now), week(now) + 2, facts, pass)
    const framed = frame([0, [holder.sign('cosolvent/advert/1', body)]])
    const { recipients } = await this.carrier.publish(0, framed)
    tell({ said: hex(recordId(framed)), to: recipients.length })
  }
}

const [vectors, invitation, name] = process.argv.slice(2)
const member = new Member(vectors, invitation, name)
await member.join()
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'publish') await member.publish()
  if (line === 'shout') await member.shout()
}
process.exit(0)
