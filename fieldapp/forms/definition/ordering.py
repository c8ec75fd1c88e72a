"""Topological order of a graph that may hold circles: Tarjan's strongly connected components, without recursion."""

from __future__ import annotations

from collections.abc import Sequence


def components(graph: Sequence[set[int]]) -> list[int]:
    """For each vertex the number of its component: edges lead to the same or to a higher number."""
    search = _Search(graph)
    for vertex in range(len(graph)):
        if search.index[vertex] < 0:
            search.visit(vertex)
    last = search.found - 1
    return [last - number for number in search.component]


class _Search:
    def __init__(self, graph: Sequence[set[int]]) -> None:
        self.graph = graph
        self.index = [-1] * len(graph)
        self.lowest = [0] * len(graph)
        self.component = [-1] * len(graph)
        self.stack: list[int] = []
        self.seen = 0
        self.found = 0

    def visit(self, start: int) -> None:
        path = [(start, self._enter(start))]
        while path:
            vertex, neighbours = path[-1]
            if neighbours:
                self._follow(vertex, neighbours.pop(), path)
                continue
            path.pop()
            if path:
                above = path[-1][0]
                self.lowest[above] = min(self.lowest[above], self.lowest[vertex])
            if self.lowest[vertex] == self.index[vertex]:
                self._close(vertex)

    def _enter(self, vertex: int) -> list[int]:
        self.index[vertex] = self.lowest[vertex] = self.seen
        self.seen += 1
        self.stack.append(vertex)
        return list(self.graph[vertex])

    def _follow(self, vertex: int, neighbour: int, path: list[tuple[int, list[int]]]) -> None:
        if self.index[neighbour] < 0:
            path.append((neighbour, self._enter(neighbour)))
        elif self.component[neighbour] < 0:
            self.lowest[vertex] = min(self.lowest[vertex], self.index[neighbour])

    def _close(self, root: int) -> None:
        while True:
            vertex = self.stack.pop()
            self.component[vertex] = self.found
            if vertex == root:
                break
        self.found += 1
