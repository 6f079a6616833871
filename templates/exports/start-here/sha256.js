"use strict";
/* SHA-256 (FIPS 180-4) of a file of any size, block by block. The browser's own digest wants the whole file in memory at
   once and is not offered to every page opened from a disk, so this is the one way that always works. */
const SHA256_K = new Int32Array(64);
const SHA256_START = new Int32Array(8);
(function primes() {
  const fraction = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  for (let number = 2, count = 0; count < 64; number += 1) {
    let prime = true;
    for (let divisor = 2; divisor * divisor <= number; divisor += 1) if (number % divisor === 0) prime = false;
    if (!prime) continue;
    if (count < 8) SHA256_START[count] = fraction(Math.sqrt(number));
    SHA256_K[count] = fraction(Math.cbrt(number));
    count += 1;
  }
})();

class Sha256 {
  constructor() {
    this.state = SHA256_START.slice();
    this.words = new Int32Array(64);
    this.held = new Uint8Array(64);
    this.length = 0;
  }

  /* Take more bytes (Uint8Array). */
  update(bytes) {
    let at = 0;
    const filled = this.length % 64;
    this.length += bytes.length;
    if (filled) {
      at = Math.min(64 - filled, bytes.length);
      this.held.set(bytes.subarray(0, at), filled);
      if (filled + at < 64) return this;
      this.block(this.held, 0);
    }
    for (; at + 64 <= bytes.length; at += 64) this.block(bytes, at);
    this.held.set(bytes.subarray(at), 0);
    return this;
  }

  /* The hash of all bytes taken, in lower-case hexadecimal. Takes no more after it. */
  hex() {
    const bits = this.length * 8;
    const end = new Uint8Array(this.length % 64 < 56 ? 64 - (this.length % 64) : 128 - (this.length % 64));
    const view = new DataView(end.buffer);
    end[0] = 0x80;
    view.setUint32(end.length - 8, Math.floor(bits / 4294967296));
    view.setUint32(end.length - 4, bits >>> 0);
    this.update(end);
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  block(bytes, at) {
    const w = this.words, s = this.state;
    for (let i = 0, p = at; i < 16; i += 1, p += 4) w[i] = (bytes[p] << 24) | (bytes[p + 1] << 16) | (bytes[p + 2] << 8) | bytes[p + 3];
    for (let i = 16; i < 64; i += 1) {
      const x = w[i - 15], y = w[i - 2];
      const low = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const high = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      w[i] = (w[i - 16] + low + w[i - 7] + high) | 0;
    }
    let a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (let i = 0; i < 64; i += 1) {
      const sum1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const first = (h + sum1 + ((e & f) ^ (~e & g)) + SHA256_K[i] + w[i]) | 0;
      const sum0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const second = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + first) | 0; d = c; c = b; b = a; a = (first + second) | 0;
    }
    s[0] += a; s[1] += b; s[2] += c; s[3] += d; s[4] += e; s[5] += f; s[6] += g; s[7] += h;
  }
}

const CRC32_TABLE = Int32Array.from({ length: 256 }, (_, value) => {
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/* CRC-32 as ZIP has it, carried on from `before`. */
function crc32(bytes, before) {
  let crc = ~before;
  for (let at = 0; at < bytes.length; at += 1) crc = CRC32_TABLE[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  return ~crc >>> 0;
}
