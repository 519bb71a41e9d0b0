# Written by groundplan from groundplan.toml. Change an answer and run `groundplan apply`.

resource "aws_db_subnet_group" "main" {
  name       = "fare-search-db"
  subnet_ids = [aws_subnet.main_private_0.id, aws_subnet.main_private_1.id]
}

# The password is made and rotated by RDS; it is in no file and not in the state.
resource "aws_db_instance" "main" {
  identifier                  = "fare-search-db"
  engine                      = "postgres"
  engine_version              = "17"
  instance_class              = "db.t4g.small"
  allocated_storage           = 20
  storage_type                = "gp3"
  storage_encrypted           = true
  db_name                     = "app"
  username                    = "app"
  manage_master_user_password = true
  multi_az                    = true
  db_subnet_group_name        = aws_db_subnet_group.main.name
  vpc_security_group_ids      = [aws_security_group.main_database.id]
  publicly_accessible         = false
  backup_retention_period     = 7
  copy_tags_to_snapshot       = true
  deletion_protection         = var.deletion_protection
  final_snapshot_identifier   = "fare-search-db-final"
  auto_minor_version_upgrade  = true
}
