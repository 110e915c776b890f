import { expect, test } from 'vitest'
import { isExposed } from './databaseTls.js'

const at = (host: string, query = '') => `postgresql://hub_app:secret@${host}/hub${query}`

test.each(['localhost', '127.0.0.1:5433', '[::1]', '%2Fvar%2Frun%2Fpostgresql'])(
  'a database at %s stays on the machine',
  host => {
    expect(isExposed(at(host))).toBe(false)
  },
)

test.each([
  '?sslmode=verify-full',
  '?sslmode=require',
  '?ssl=true',
  '?sslrootcert=/etc/hub/ca.pem',
  '?uselibpqcompat=true&sslmode=verify-full',
  '?uselibpqcompat=true&sslmode=require&sslrootcert=/etc/hub/ca.pem',
])('elsewhere %s keeps it safe', query => {
  expect(isExposed(at('db.example.com', query))).toBe(false)
})

test.each([
  '',
  '?sslmode=disable',
  '?sslmode=no-verify',
  '?ssl=0',
  '?sslcert=/etc/hub/own.pem',
  '?uselibpqcompat=true&sslmode=require',
  '?uselibpqcompat=true&sslmode=prefer&sslrootcert=/etc/hub/ca.pem',
])('elsewhere "%s" leaves it exposed', query => {
  expect(isExposed(at('db.example.com', query))).toBe(true)
})

test('a host that is named in the query counts, as it does for the connection', () => {
  expect(isExposed(at('localhost', '?host=db.example.com'))).toBe(true)
  expect(isExposed(at('db.example.com', '?host=/var/run/postgresql'))).toBe(false)
})
