export * from './children.js'
export * from './connection.js'
export { MAX_PAGE, type Order, Page, type PageArgs, pageOf, pageSize } from './page.js'
export { type Needs, selectedFor } from './selected.js'
