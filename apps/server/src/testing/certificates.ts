import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { isIPv4 } from 'node:net';

/** A certificate with its key, both in PEM. */
export interface Certified {
  cert: string;
  key: string;
}

/** What a certificate says. Names may be IPv4 addresses; the times are epoch ms. */
export interface Subject {
  name: string;
  names?: readonly string[];
  from?: number;
  until?: number;
}

const DAY_MS = 86_400_000;

/** A certificate authority for a test, made from nothing but node:crypto: P-256, X.509 v3. Source: RFC 5280. */
export class CertificateAuthority implements Certified {
  readonly cert: string;
  readonly key: string;
  readonly #name: Buffer;
  readonly #private: KeyObject;
  #serial = 1;

  constructor(name: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#name = distinguishedName(name);
    this.#private = privateKey;
    this.key = pemKey(privateKey);
    this.cert = this.#signed({ name }, publicKey, [
      extension('551d13', sequence(tlv(0x01, Buffer.from([0xff]))), true),
      extension('551d0f', tlv(0x03, Buffer.from([1, 0x06])), true),
    ]);
  }

  issue(subject: Subject): Certified {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const alternative = (subject.names ?? []).map((name) =>
      isIPv4(name) ? tlv(0x87, Buffer.from(name.split('.').map(Number))) : tlv(0x82, Buffer.from(name)),
    );
    const extensions = alternative.length === 0 ? [] : [extension('551d11', sequence(...alternative))];
    return { cert: this.#signed(subject, publicKey, extensions), key: pemKey(privateKey) };
  }

  #signed(subject: Subject, publicKey: KeyObject, extensions: Buffer[]): string {
    const from = subject.from ?? Date.now() - DAY_MS;
    const algorithm = sequence(oid('2a8648ce3d040302'));
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    const identifier = createHash('sha1').update(spki).digest();
    const body = sequence(
      tlv(0xa0, tlv(0x02, Buffer.from([2]))),
      tlv(0x02, Buffer.from([1, this.#serial++])),
      algorithm,
      this.#name,
      sequence(time(from), time(subject.until ?? from + 30 * DAY_MS)),
      distinguishedName(subject.name),
      spki,
      tlv(0xa3, sequence(extension('551d0e', tlv(0x04, identifier)), ...extensions)),
    );
    const signature = sign('sha256', body, this.#private);
    return pem('CERTIFICATE', sequence(body, algorithm, tlv(0x03, Buffer.concat([Buffer.from([0]), signature]))));
  }
}

function tlv(tag: number, value: Buffer): Buffer {
  const { length } = value;
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), value]);
}

function sequence(...parts: Buffer[]): Buffer {
  return tlv(0x30, Buffer.concat(parts));
}

function oid(hex: string): Buffer {
  return tlv(0x06, Buffer.from(hex, 'hex'));
}

function distinguishedName(name: string): Buffer {
  return sequence(tlv(0x31, sequence(oid('550403'), tlv(0x0c, Buffer.from(name)))));
}

function time(at: number): Buffer {
  const digits = new Date(at).toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return tlv(0x18, Buffer.from(digits));
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [tlv(0x01, Buffer.from([0xff]))] : []), tlv(0x04, value));
}

function pem(label: string, der: Buffer): string {
  return `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
}

function pemKey(key: KeyObject): string {
  return String(key.export({ type: 'pkcs8', format: 'pem' }));
}
