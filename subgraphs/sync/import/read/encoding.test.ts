import { expect, test } from 'vitest'
import { EncodingProof, encodingNamed, inUtf8, notText } from './encoding.js'

/** 张伟,手机 */
const GBK = Buffer.from('d5c5ceb02cca d6bbfa'.replaceAll(' ', ''), 'hex')
const UTF8 = Buffer.from('张伟,手机')

function proofOf(bytes: Buffer, size: number) {
  const proof = new EncodingProof()
  for (let from = 0; from < bytes.length; from += size) proof.add(bytes.subarray(from, from + size))
  return proof.found(true)
}

const textOf = async (bytes: Buffer, encoding: Parameters<typeof inUtf8>[1], size: number) => {
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
  }
  let text = Buffer.alloc(0)
  for await (const chunk of inUtf8(chunks(), encoding)) text = Buffer.concat([text, chunk])
  return text.toString()
}

test.each([1, 2, 3, 5, 100])('an encoding is found out in chunks of %d bytes', size => {
  expect(proofOf(UTF8, size)).toBe('utf-8')
  expect(proofOf(GBK, size)).toBe('gb18030')
  expect(proofOf(Buffer.from('plain'), size)).toBe('utf-8')
  expect(proofOf(Buffer.from('😀𠮷'), size)).toBe('utf-8')
  expect(proofOf(Buffer.concat([UTF8, Buffer.from('\n'), GBK, Buffer.from([0xff, 0xff])]), size)).toBeUndefined()
  expect(proofOf(UTF8.subarray(0, 1), size)).not.toBe('utf-8')
})

test.each([1, 2, 3, 100])('texts are read in chunks of %d bytes, without a mark', async size => {
  expect(await textOf(GBK, 'gb18030', size)).toBe('张伟,手机')
  expect(await textOf(Buffer.concat([Buffer.from('efbbbf', 'hex'), UTF8]), 'utf-8', size)).toBe('张伟,手机')
  expect(await textOf(UTF8, 'utf-8', size)).toBe('张伟,手机')
  expect(await textOf(Buffer.from('\ufeff张伟', 'utf16le'), 'utf-16le', size)).toBe('张伟')
  expect(await textOf(Buffer.from('ab'), 'utf-8', size)).toBe('ab')
})

test('a workbook, an archive and bytes are no text', () => {
  expect(notText(Buffer.from('PK\u0003\u0004'))).toMatch(/xlsx/)
  expect(notText(Buffer.from('d0cf11e0', 'hex'))).toMatch(/xls/)
  expect(notText(Buffer.from('a\0b'))).toBe('not text')
  expect(notText(Buffer.from('\ufeffa', 'utf16le'))).toBeUndefined()
  expect(notText(UTF8)).toBeUndefined()
})

test('encodings go by the names that people give', () => {
  expect(['UTF8', 'GBK', 'gb2312', 'GB18030', 'utf-16'].map(encodingNamed)).toEqual([
    'utf-8',
    'gb18030',
    'gb18030',
    'gb18030',
    'utf-16le',
  ])
  expect(encodingNamed('latin1')).toBeUndefined()
})
