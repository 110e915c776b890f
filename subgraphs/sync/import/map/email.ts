const ADDRESS = /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/
const LONGEST = 320

/** An e-mail address as it is meant, where that is certain (`mailto:`, angle brackets, full-width signs, a last dot); undefined for anything else. */
export function readEmail(text: string): string | undefined {
  const inside = /<([^<>]+)>\s*$/.exec(text)?.[1] ?? text
  const plain = inside
    .normalize('NFKC')
    .trim()
    .replace(/^mailto:/i, '')
    .replaceAll('。', '.')
    .replace(/\s*([@.])\s*/g, '$1')
    .replace(/[.,;，；]+$/, '')
  return plain.length <= LONGEST && ADDRESS.test(plain) ? plain : undefined
}
