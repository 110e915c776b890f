import { describe, expect, it } from 'vitest'
import { defaultLimits } from '../limits/limits.js'
import { askedByGet, askedOf } from './asked.js'
import { couldBeForged } from './csrf.js'
import { readiness } from './health.js'
import { language } from './language.js'
import { mediaType } from './mediaType.js'
import { statusOf } from './status.js'

describe('The media type of an answer', () => {
  it.each([
    [undefined, 'json'],
    ['', 'json'],
    ['*/*', 'json'],
    ['application/xml', 'json'],
    ['application/json', 'json'],
    ['application/graphql-response+json, application/json;q=0.9', 'graphql'],
    ['application/json;q=0.9, application/graphql-response+json', 'graphql'],
    ['application/graphql-response+json;q=0.5, application/json', 'json'],
    ['APPLICATION/GraphQL-Response+JSON; charset=utf-8', 'graphql'],
    ['text/event-stream', 'sse'],
    ['text/event-stream;q=0, application/json', 'json'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
  ])('for "%s" is %s', (accept, type) => expect(mediaType(accept)).toBe(type))
})

describe('The status of an answer', () => {
  const failed = (code: string, field?: string) => ({ errors: [{ message: '', extensions: { code, field } }] })

  it('is 200 for what was executed, whatever became of it', () => {
    expect(statusOf({ data: { a: 1 } }, 'graphql')).toBe(200)
    expect(statusOf({ data: null, ...failed('INTERNAL') }, 'graphql')).toBe(200)
  })

  it('says what went wrong before that, to those who understand it', () => {
    expect(statusOf(failed('BAD_USER_INPUT'), 'graphql')).toBe(400)
    expect(statusOf(failed('BAD_USER_INPUT'), 'json')).toBe(200)
    expect(statusOf(failed('UNAVAILABLE'), 'graphql')).toBe(503)
    expect(statusOf(failed('INTERNAL'), 'graphql')).toBe(500)
  })

  it('says to all who may not come in, not so often, or not this way', () => {
    for (const type of ['json', 'graphql'] as const) {
      expect(statusOf(failed('UNAUTHENTICATED'), type)).toBe(401)
      expect(statusOf(failed('RATE_LIMITED'), type)).toBe(429)
      expect(statusOf(failed('BAD_USER_INPUT', 'method'), type)).toBe(405)
    }
  })
})

describe('A request that any page could have sent', () => {
  it('is one of a simple type without a header that pages may not set', () => {
    for (const type of [
      undefined,
      'text/plain',
      'text/plain;charset=utf-8',
      'multipart/form-data; boundary=x',
      'APPLICATION/x-www-form-urlencoded',
    ]) {
      expect(couldBeForged({ 'content-type': type })).toBe(true)
      expect(couldBeForged({ 'content-type': type, authorization: 'Basic eDp5' })).toBe(true)
      expect(couldBeForged({ 'content-type': type, authorization: 'Bearer a.b.c' })).toBe(false)
      expect(couldBeForged({ 'content-type': type, 'apollo-require-preflight': 'yes' })).toBe(false)
    }
    expect(couldBeForged({ 'content-type': 'application/json' })).toBe(false)
  })
})

describe('What is asked', () => {
  it('by GET stands in the address', () => {
    const url = new URL('http://hub/graphql?query={a}&variables={"x":1}&operationName=')
    expect(askedByGet(url, defaultLimits)).toEqual({ query: '{a}', operationName: null, variables: { x: 1 } })
  })

  it('must have the shape of a request', () => {
    for (const wrong of [
      null,
      7,
      'x',
      [],
      {},
      { query: 7 },
      { query: '', variables: [] },
      { query: '', operationName: 7 },
      { query: '', extensions: '' },
    ]) {
      expect(() => askedOf(wrong)).toThrow()
    }
    expect(askedOf({ query: '{a}', extensions: {}, variables: null })).toEqual({
      query: '{a}',
      operationName: null,
      variables: null,
    })
  })
})

describe('The language of a client', () => {
  it.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en', 'en'],
    ['*', 'xx'],
    ['', 'xx'],
    ['<script>', 'xx'],
    [undefined, 'xx'],
    [7, 'xx'],
  ])('of %s is %s', (accept, lang) => expect(language(accept, 'xx')).toBe(lang))
})

describe('Readiness', () => {
  it('is that of all parts; one that fails is down', async () => {
    const parts = { a: async () => true, b: async () => false, c: () => Promise.reject(new Error('no')) }
    expect(await readiness(parts)).toEqual({ ready: false, parts: { a: 'up', b: 'down', c: 'down' } })
    expect(await readiness({ a: parts.a })).toEqual({ ready: true, parts: { a: 'up' } })
  })
})
