import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  ID,
  Int,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  type SubscribeResolverData,
  Subscription,
} from 'type-graphql'
import { forbidden, unauthenticated } from '../../kernel/errors.js'
import type { Log } from '../../kernel/log/index.js'
import { JsonScalar } from '../../kernel/scalars.js'
import { type Caller, defineSubgraph, type Subgraph } from '../../kernel/subgraph/index.js'
import { Push } from './push.js'

/** What a test does to the toy subgraphs. */
export class Controls {
  readonly changes = new Push<{ id: string; fails?: boolean }>()
  readonly callers: Caller[] = []
  /** Subgraphs that answer no one. */
  readonly down = new Set<string>()
  /** A query that waits until it is opened. */
  gate = Promise.withResolvers<void>()
  waiting = Promise.withResolvers<void>()
  suspended = false
}

interface Context {
  controls: Controls
  caller: Caller
}

@ObjectType({ description: 'A book.' })
@Directive('@key(fields: "id")')
class Book {
  @Field(() => ID)
  id!: string
  @Field(() => String, { nullable: true })
  title!: string
}

@ObjectType({ description: 'Some books.' })
class BookPage {
  @Field(() => [Book], { nullable: true })
  nodes!: Book[]
}

const titles = ['Dream of the Red Chamber', 'Journey to the West', 'Water Margin']
const bookOf = (id: string): Book => ({ id, title: titles[Number(id) - 1] ?? `Book ${id}` })

@Resolver(() => Book)
class BookResolver {
  @Query(() => Book, { nullable: true })
  book(@Arg('id', () => ID) id: string): Book | null {
    if (id === 'forbidden') throw forbidden()
    if (id === 'broken') throw new Error('the password is hunter2')
    return id === 'none' ? null : bookOf(id)
  }

  @Query(() => BookPage, { nullable: true })
  books(@Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number): BookPage {
    return { nodes: Array.from({ length: first }, (_, at) => bookOf(String(at + 1))) }
  }

  @Query(() => ID, { nullable: true, description: 'Who asks.' })
  whoAmI(@Ctx() { caller }: Context): string {
    return caller.personId
  }

  @Query(() => JsonScalar, { nullable: true })
  echo(@Arg('value', () => JsonScalar, { nullable: true }) value: unknown): unknown {
    return value
  }

  @Query(() => Int, { nullable: true })
  async slow(@Ctx() { controls }: Context): Promise<number> {
    controls.waiting.resolve()
    await controls.gate.promise
    return 1
  }

  @Mutation(() => Book, { nullable: true })
  rename(@Arg('id', () => ID) id: string, @Arg('title', () => String) title: string): Book {
    return { id, title }
  }

  @Subscription(() => Book, {
    nullable: true,
    subscribe: ({ context }: SubscribeResolverData<unknown, object, Context>) => context.controls.changes.listen(),
  })
  bookChanged(@Root() { id, fails }: { id: string; fails?: boolean }): Book {
    if (fails) throw new Error('the password is hunter2')
    return bookOf(id)
  }

  @Subscription(() => Book, {
    nullable: true,
    subscribe: () => {
      throw forbidden()
    },
  })
  secretChanged(): null {
    return null
  }
}

@ObjectType('Book')
@Directive('@key(fields: "id")')
class ReviewedBook {
  @Field(() => ID)
  id!: string
}

@ObjectType({ description: 'What somebody thought of a book.' })
class Review {
  @Field(() => Int, { nullable: true })
  stars!: number
  @Field(() => ReviewedBook, { nullable: true })
  book!: ReviewedBook
}

@Resolver(() => ReviewedBook)
class ReviewResolver {
  @FieldResolver(() => [Review], { nullable: true })
  reviews(
    @Root() book: ReviewedBook,
    @Arg('first', () => Int, { nullable: true, defaultValue: 2 }) first: number,
  ): Review[] {
    if (book.id === '2') throw forbidden()
    return Array.from({ length: first }, (_, at) => ({ stars: at + Number(book.id), book: { id: book.id } }))
  }

  @Query(() => [Review], { nullable: true })
  bestReviews(): Review[] {
    return [{ stars: 5, book: { id: '3' } }]
  }
}

export interface Toys {
  books: Subgraph
  reviews: Subgraph
}

/** Two small subgraphs: books, and reviews of them, which add a field to books. */
export async function toySubgraphs(controls: Controls, log: Log): Promise<Toys> {
  const common = {
    guard: <S>(schema: S) => schema,
    contextFor: async ({ caller }: { caller: Caller | null }): Promise<Context> => {
      if (!caller || controls.suspended) throw unauthenticated()
      controls.callers.push(caller)
      return { controls, caller }
    },
    log,
  }
  const named = async (
    name: string,
    parts: Pick<Parameters<typeof defineSubgraph>[0], 'resolvers' | 'referenceResolvers'>,
  ) => {
    const subgraph = await defineSubgraph<Context>({ name, ...parts, ...common })
    const away = () => Promise.resolve({ errors: [{ message: 'away', extensions: { code: 'UNAVAILABLE' } }] })
    return {
      ...subgraph,
      execute: request => (controls.down.has(name) ? away() : subgraph.execute(request)),
    } satisfies Subgraph
  }
  return {
    books: await named('books', {
      resolvers: [BookResolver],
      referenceResolvers: { Book: async ({ id }: Book) => bookOf(id) },
    }),
    reviews: await named('reviews', {
      resolvers: [ReviewResolver],
      referenceResolvers: { Book: async (book: ReviewedBook) => ({ id: book.id }) },
    }),
  }
}
