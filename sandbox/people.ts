import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { z } from 'zod'

const schema = z.object({ people: z.array(z.object({ id: z.string(), name: z.string() })) })

/** Who is in a HUB_CONFIG file; the rest of it is not looked at, so that a token can be had while it is being edited. */
export async function peopleIn(configPath: string): Promise<{ id: string; name: string }[]> {
  return schema.parse(parse(await readFile(configPath, 'utf8'))).people
}
