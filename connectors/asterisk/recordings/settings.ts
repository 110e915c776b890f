import { z } from 'zod'
import { isLoopback } from '../../../kernel/env/index.js'
import { webAccount, webAddress } from '../../common/settings.js'

const folder = z
  .string('must be the path of a folder')
  .regex(/^\/[^\0]*$/, 'must be the whole path of a folder, such as /var/spool/asterisk/monitor')

export const recordingSettings = z
  .strictObject({
    /** Where this machine sees them. */
    folder: folder.optional(),
    /** Where a web server hands them out; `{file}` stands for the path below `pbxFolder`. */
    url: webAddress.optional(),
    ...webAccount,
    /** Where Asterisk itself has them. What lies elsewhere is looked for by its name only. */
    pbxFolder: folder.default('/var/spool/asterisk/monitor'),
  })
  .superRefine(({ folder, url, username, password, token }, ctx) => {
    const problem = (message: string) => ctx.addIssue({ code: 'custom', message })
    if ((folder === undefined) === (url === undefined)) problem('needs one of folder and url')
    if (url !== undefined && !url.includes('{file}')) problem('url must have {file} where the name of the file goes')
    if (url === undefined && [username, password, token].some(one => one !== undefined))
      problem('username, password and token go with url')
  })

export type RecordingSettings = z.infer<typeof recordingSettings>

/** Whether what is fetched could be heard by others on its way. */
export function isExposedStore({ url }: RecordingSettings): boolean {
  const web = url === undefined ? null : URL.parse(url)
  return web?.protocol === 'http:' && !isLoopback(web.hostname)
}
