/** The language a client asks for first, or `fallback`: `zh-CN,zh;q=0.9` → `zh-CN`. */
export function language(accept: unknown, fallback: string): string {
  return (
    (typeof accept === 'string' && /^\s*([a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3})\b/i.exec(accept.slice(0, 100))?.[1]) ||
    fallback
  )
}
