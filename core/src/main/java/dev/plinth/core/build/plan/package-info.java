/// From typed instructions to a graph of steps: what a build will do, before any of it is done.
///
/// [dev.plinth.core.build.plan.Planner] settles everything that can be settled without files: which
/// stages are needed, what every variable is, which image a stage begins with, what the config and
/// the history of the result will be. What is left is a graph of
/// [dev.plinth.core.build.plan.Vertex], each with one operation on files. Planning is a function of
/// the Dockerfile, the options and what [dev.plinth.core.build.plan.BaseImages] says; it reads no
/// context and writes nothing.
///
/// [dev.plinth.core.build.plan.PlanText] shows a plan to people and to tests.
@NullMarked
package dev.plinth.core.build.plan;

import org.jspecify.annotations.NullMarked;
