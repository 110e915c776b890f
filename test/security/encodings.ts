import { remember } from '../../kernel/remember.js'

/** Ways in which a value could be hidden in an answer and still be read. */
export function encodings(value: string): string[] {
  const bytes = Buffer.from(value)
  const digits = value.replace(/\D/g, '')
  const forms = [
    value,
    encodeURIComponent(value),
    JSON.stringify(value).slice(1, -1),
    bytes.toString('hex'),
    [...value].reverse().join(''),
    value.replace(/\d/g, digit => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)),
    ...base64s(bytes),
  ]
  if (digits.length >= 7)
    forms.push(
      [...digits].join(' '),
      [...digits].join('-'),
      `${digits.slice(0, 3)} ${digits.slice(3, 7)} ${digits.slice(7)}`,
    )
  // A name in Chinese has three characters.
  return [...new Set(forms)].filter(form => form.length >= 3)
}

const known = new Map<string, readonly string[]>()

/** The first of these values that stands in the text, in any encoding. */
export const shownIn = (text: string, values: readonly string[]): string | undefined =>
  values.find(value => remember(known, value, () => encodings(value)).some(form => text.includes(form)))

/** Base64 of a part of a longer text reads differently at each of three places: the ends that depend on neighbours are cut off. */
function base64s(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap(shift => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString('base64')
    const inner = text.slice(shift === 0 ? 0 : 4, text.length - 4)
    return inner.length >= 8 ? [inner, inner.replaceAll('+', '-').replaceAll('/', '_')] : []
  })
}
