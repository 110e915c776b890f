const rate = 8_000
const longestSeconds = 60
const headerBytes = 44

/** A recording of so many seconds, a minute at most: a tone that comes and goes, 8 kHz, 8 bits, one channel. */
export function wavOf(seconds: number): Buffer {
  const samples = Math.max(1, Math.min(seconds, longestSeconds)) * rate
  const wav = Buffer.alloc(headerBytes + samples)
  wav.write('RIFF', 0)
  wav.writeUInt32LE(headerBytes - 8 + samples, 4)
  wav.write('WAVEfmt ', 8)
  wav.writeUInt32LE(16, 16)
  wav.writeUInt16LE(1, 20)
  wav.writeUInt16LE(1, 22)
  wav.writeUInt32LE(rate, 24)
  wav.writeUInt32LE(rate, 28)
  wav.writeUInt16LE(1, 32)
  wav.writeUInt16LE(8, 34)
  wav.write('data', 36)
  wav.writeUInt32LE(samples, 40)
  for (let i = 0; i < samples; i++) {
    const loud = Math.floor(i / rate) % 2 === 0 ? 40 : 8
    wav[headerBytes + i] = 128 + Math.round(loud * Math.sin((2 * Math.PI * 440 * i) / rate))
  }
  return wav
}
