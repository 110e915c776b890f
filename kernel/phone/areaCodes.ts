/** Area codes of mainland China (长途区号) without the leading 0, by their first two digits. */
const BY_HEAD: Record<string, string> = {
  31: '0123456789',
  33: '5',
  34: '9',
  35: '0123456789',
  37: '0123456789',
  39: '1234568',
  41: '0123456789',
  42: '179',
  43: '123456789',
  45: '123456789',
  46: '4789',
  47: '0123456789',
  48: '23',
  51: '0123456789',
  52: '37',
  53: '0123456789',
  54: '36',
  55: '0123456789',
  56: '12346',
  57: '0123456789',
  58: '0',
  59: '123456789',
  63: '12345',
  66: '0238',
  69: '12',
  70: '1',
  71: '0123456789',
  72: '248',
  73: '01456789',
  74: '3456',
  75: '0123456789',
  76: '02368',
  77: '0123456789',
  79: '0123456789',
  80: '7',
  81: '23678',
  82: '567',
  83: '0123456789',
  85: '123456789',
  87: '0123456789',
  88: '3678',
  89: '12345678',
  90: '123689',
  91: '12345679',
  93: '0123456789',
  94: '13',
  95: '12345',
  97: '012345679',
  99: '0123456789',
}

const CODES = new Set([
  '10',
  ...['0', '1', '2', '3', '4', '5', '7', '8', '9'].map(last => `2${last}`),
  ...Object.entries(BY_HEAD).flatMap(([head, lasts]) => [...lasts].map(last => head + last)),
])

/** The area code (without 0) that a national number without its 0 begins with: two digits for 10 and 2x, else three. */
export function areaCodeOf(national: string): string | undefined {
  const code = national[0] === '1' || national[0] === '2' ? national.slice(0, 2) : national.slice(0, 3)
  return CODES.has(code) ? code : undefined
}
